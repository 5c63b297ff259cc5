// A Node-API addon with two functions: hush() leads the process's standard error nowhere, restore() leads it back.
// TensorFlow 2.21 greets every program on a processor with AVX-512 with a remark about oneDNN while its library loads,
// before it reads TF_CPP_MIN_LOG_LEVEL.
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

namespace {

int saved = -1;

napi_value Hush(napi_env, napi_callback_info) {
  if (saved >= 0) return nullptr;
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  if (nowhere >= 0 && saved >= 0) dup2(nowhere, STDERR_FILENO);
  if (nowhere >= 0) close(nowhere);
  return nullptr;
}

napi_value Restore(napi_env, napi_callback_info) {
  if (saved < 0) return nullptr;
  dup2(saved, STDERR_FILENO);
  close(saved);
  saved = -1;
  return nullptr;
}

napi_value Init(napi_env env, napi_value exports) {
  napi_property_descriptor functions[] = {
      {"hush", nullptr, Hush, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"restore", nullptr, Restore, nullptr, nullptr, nullptr, napi_default, nullptr},
  };
  napi_define_properties(env, exports, 2, functions);
  return exports;
}

}  // namespace

NAPI_MODULE(quiet, Init)
