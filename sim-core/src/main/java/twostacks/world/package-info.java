/**
 * The simulated world: schedule, phases, sums over nations. The only package that knows MASON.
 */
package twostacks.world;
