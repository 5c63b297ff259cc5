import { bundleFile, scriptOf } from "./compiled";

type Program = (exports: object, require: NodeJS.Require, __dirname: string) => void;

const start = scriptOf(bundleFile).runInThisContext() as Program;
start({}, require, __dirname);
