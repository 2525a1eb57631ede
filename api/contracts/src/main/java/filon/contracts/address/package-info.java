/**
 * Which network addresses a customer may make our machines talk to.
 *
 * <p>Owns: the table of forbidden ranges and the check. Does not own: connecting. The API checks at the order, the workload
 * again on each connect, because names change their addresses.
 */
package filon.contracts.address;
