/** What benchmarks write down, how noisy the machine was meanwhile, and the page made of it. */
package org.lockstep.benchmarks.report;
