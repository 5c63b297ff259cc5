import { followSection } from "./followedits";

followSection(5, 105, 3);
