console.log('see tools/setup');
