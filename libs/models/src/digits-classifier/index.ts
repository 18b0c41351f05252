/** The classifier of handwritten digits that judges samples. */
export { digitsClassifier, digitsClassifierFeatures, type DigitsClassifierOptions } from './classifier.ts';
