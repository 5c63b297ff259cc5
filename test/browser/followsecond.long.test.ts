import { followSecond } from "./followedits";

followSecond(5, 105, 2);
