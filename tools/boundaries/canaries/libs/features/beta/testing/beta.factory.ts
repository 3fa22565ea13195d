export const aBeta = 1;
