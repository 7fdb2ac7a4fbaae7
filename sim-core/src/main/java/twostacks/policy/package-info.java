/**
 * Instruments of policy, the levers they write to, and the names of the field: blocs, stacks, channels, stances.
 */
package twostacks.policy;
