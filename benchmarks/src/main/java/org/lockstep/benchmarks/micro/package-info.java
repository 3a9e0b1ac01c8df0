/** JMH benchmarks of single stages, with the raw limit of the library below them next to each. */
package org.lockstep.benchmarks.micro;
