/**
 * Keys of accounts at venues, in a PKCS#12 keystore: how they are kept, read and shown. Used by the main thread only.
 */
package org.lockstep.tools.keys;
