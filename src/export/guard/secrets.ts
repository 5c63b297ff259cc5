/** Tokens and keys, as those who give them out write them. */
const forms = [
  String.raw`(?<=\btoken=)[0-9a-fA-F]{16,}`,
  String.raw`\bgh[pousr]_[A-Za-z0-9]{16,}`,
  String.raw`\bgithub_pat_\w{16,}`,
  // With a digit: else it is a long name of a style.
  String.raw`\bsk-(?:[a-z]+-)*(?=\w*\d)\w{20,}`,
  String.raw`\bAKIA[0-9A-Z]{16}\b`,
  String.raw`\bhf_[A-Za-z0-9]{16,}`,
  String.raw`\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}`,
  String.raw`\bxox[a-z]-[\w-]{8,}`,
  String.raw`-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----`,
  String.raw`(?<=\bAuthorization["']?\s*[:=]\s*["']?Bearer\s+)[\w.~+/-]{8,}`,
];

export const secretPatterns = new RegExp(forms.join("|"));
