/** Names the one character that stands in a text for a part that cannot be known, so that every parser here treats it alike. */

/**
 * Stands for an interpolation whose value is unknown (U+FFFC, object replacement character). A caller that has a string in
 * pieces joins them with it; where a parser says so, a part that contains it is never judged.
 */
export const HOLE = "\uFFFC";
