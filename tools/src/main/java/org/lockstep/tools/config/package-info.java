/**
 * The configuration file: YAML read once at start into immutable records, every mistake reported with its line.
 * Used by the main thread only.
 */
package org.lockstep.tools.config;
