/** Messages to bytes and back. Owns: the one JSON configuration. Does not own: any shape (contracts) or transport. */
package filon.plumbing.codec;
