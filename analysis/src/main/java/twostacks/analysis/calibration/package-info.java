/**
 * Fitting parameters to figures: a point by CMA-ES, a posterior by ABC-SMC. Nothing here knows what the parameters or
 * the figures are: a {@link twostacks.analysis.calibration.Simulator} turns the one into the other.
 */
package twostacks.analysis.calibration;
