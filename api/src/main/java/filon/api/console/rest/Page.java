package filon.api.console.rest;

import filon.api.identity.Caller;
import filon.api.identity.Role;

/**
 * What every page has in its head.
 *
 * @param section which entry of the navigation is the present one
 * @param who the name of the person, empty when nobody has signed in
 */
record Page(String title, String section, String who, boolean isStaff, boolean isCustomer) {
    static Page of(String title, String section, Caller caller) {
        return new Page(title, section, caller.name(), caller.is(Role.OPERATOR), caller.is(Role.CUSTOMER));
    }

    static Page open(String title) {
        return new Page(title, "front", "", false, false);
    }
}
