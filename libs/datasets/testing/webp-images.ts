/** WebP files made with Pillow 12; no encoder of theirs is small enough to write here. */

const encoded = {
  /** The pixels of `testPixels(8, 6, 3)`. */
  lossless:
    'UklGRpgAAABXRUJQVlA4TIwAAAAvB0ABAM1lRP9jFxH9D7gJAABNJgU0gG8RJICeuyWCNLDbpcGG/k4BhxsufpefHm' +
    'waSXLEH9uZ3/h5nKtk1LSR5Ab1yc0S+TJH8P8MKGmZsF/OcZNfLXwhE1ExsHAJSWp1slplzSX5rPJPiIVtS0JJbDwi' +
    'asarLOpv4ro8gEFCWGTMWg4+MQ195nJSAA==',
  /** The same, not all of them opaque. */
  withAlpha:
    'UklGRqYAAABXRUJQVlA4TJoAAAAvB0ABEM1lRP9jFxH9D7gJAABNJgU0gG8RJICeuyWCNLDbpcGG/k4BhxsufpefHm' +
    'waSXLEH9uZ3/h5nKtk1LSR5Ab1yc0S+TKTCUNMKv1PqQT/zwekRIsJ9otzuIlfreALMiEqDFhwESKppROrVaxxSXxW' +
    '8U8QC7YtEpSEDY9FtMZ4FYv6NuG6eAAGEoSFDLMWBz5iNOhjLk4K',
  /** 8 x 6, near 100 everywhere. */
  lossy: 'UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoIAAYAAUAmJaQAA3AA/u4DAAA=',
  /** The same in the extended format, not all opaque. */
  lossyWithAlpha:
    'UklGRlAAAABXRUJQVlA4WAoAAAAQAAAABwAABQAAQUxQSBEAAAABF3Dl/4iIQUCSIiui/xEwAABWUDggGAAAADABAJ' +
    '0BKggABgABQCYlpAADcAD+7gMAAA==',
  /** Two frames of 2 x 2. */
  animated:
    'UklGRrwAAABXRUJQVlA4WAoAAAACAAAAAQAAAQAAQU5JTQYAAAAAAAAAAABBTk1GRgAAAAAAAAAAAAEAAAEAAAAAAA' +
    'JWUDhMLQAAAC8BQAAAHyAUQGMQOUTYTkhAiLZZZL5AgOgwpUqH1vkP8aeGANkAZaowi+h/7ABBTk1GQgAAAAAAAAAA' +
    'AAEAAAEAAAAAAABWUDhMKQAAAC8BQAAAHyAkIHbpZvjrokCAjHVYMOGCQICIUsSF+/mPNUHWwTpE9D8EAA==',
} as const;

export function webp(name: keyof typeof encoded): Buffer {
  return Buffer.from(encoded[name], 'base64');
}
