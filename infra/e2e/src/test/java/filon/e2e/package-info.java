/**
 * Journeys over the whole real platform, and the rules of the house.
 *
 * <p>Owns: what is true of all modules together. Does not own: anything that one module can prove alone.
 */
package filon.e2e;
