/** When the fleet's safety is looked at. Owns: the pace. Does not own: the judgement. */
package filon.provisioning.safety.schedule;
