/**
 * Whether a record on a shared uplink topic really comes from the host it names.
 *
 * <p>Owns: the check and the count of what was not believed. Does not own: the keys' derivation (plumbing), what a believed
 * record means (the feature that reads it), which keys are in force (identity).
 */
package filon.provisioning.uplink;
