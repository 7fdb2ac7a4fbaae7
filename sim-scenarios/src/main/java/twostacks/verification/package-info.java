/**
 * The verification suite: limits in which theory knows the answer, each a scenario file with most terms switched off,
 * run through the real engine and held against a figure from outside it. {@link twostacks.verification.Verification}
 * runs them.
 */
package twostacks.verification;
