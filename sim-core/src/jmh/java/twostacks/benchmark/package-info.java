/**
 * Benchmarks: the adopter loop of the engine, set up alike for a port to C and for plain MASON; whole worlds; and single
 * pieces under JMH. {@code benchmarks/run} runs all but the last, see {@code docs/benchmarks.md}.
 */
package twostacks.benchmark;
