/** Calibration files: which parameters are fitted to which observations, and how. */
package twostacks.calibration;
