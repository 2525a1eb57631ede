/** Owns: how names of what a pool can be given are typed. Does not own: what they name. */
package filon.practice.name;
