/**
 * What the host tells about itself and its work, for people and for the control plane.
 *
 * <p>Owns: when and what to say. Does not own: sending (uplink), nor what is billed (meter).
 */
package filon.agent.telemetry;
