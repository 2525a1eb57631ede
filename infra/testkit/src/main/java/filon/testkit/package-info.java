/**
 * The real parts a test or the local platform needs. Owns: a clock that tests move, free ports, the repository root. Does not own:
 * any rule of the product.
 */
package filon.testkit;
