/** One effect per Idempotency-Key. Owns: the stored answers. Does not own: the effects. */
package filon.plumbing.idempotency;
