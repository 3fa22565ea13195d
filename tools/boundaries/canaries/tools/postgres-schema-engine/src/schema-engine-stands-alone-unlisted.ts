import autocannon from 'autocannon';

export const canary = autocannon;
