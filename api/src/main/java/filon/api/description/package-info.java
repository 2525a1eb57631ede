/**
 * What the description of the API says beyond its code.
 *
 * <p>Owns: the schemas of values as they are on the wire, and the form of problems.
 *
 * <p>Does not own: operations: they are described beside their methods.
 */
package filon.api.description;
