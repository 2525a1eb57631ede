/** The clock that everything else is given. */
package filon.plumbing.time;
