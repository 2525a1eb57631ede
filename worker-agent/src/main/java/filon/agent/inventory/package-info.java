/**
 * Which GPUs this host has.
 *
 * <p>Owns: listing them in a process of their own, their stable ids, the last known list. Does not own: using them.
 */
package filon.agent.inventory;
