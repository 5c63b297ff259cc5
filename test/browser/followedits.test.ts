import { followSecond, followSection } from "./followedits";

followSection(0, 5, 2);
followSecond(0, 5, 2);
