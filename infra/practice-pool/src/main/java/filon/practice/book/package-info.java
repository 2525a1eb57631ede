/** Owns: what is remembered of each submission and the totals. Does not own: how a share is judged. */
package filon.practice.book;
