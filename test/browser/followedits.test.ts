import { followEdits } from "./followedits";

followEdits(0, 5);
