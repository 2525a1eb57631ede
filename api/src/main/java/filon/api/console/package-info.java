/**
 * How numbers and times look on a page.
 *
 * <p>Owns: units, digits and words for people.
 *
 * <p>Does not own: the pages: they are doors.
 */
package filon.api.console;
