// Passphrases by Argon2id (RFC 9106), over libargon2. The verifier is text in the usual form
// ($argon2id$v=19$m=...,t=...,p=...$salt$hash), so that its cost can be raised later.
#ifndef COGNATE_CARGON2_H
#define COGNATE_CARGON2_H

#include <stddef.h>
#include <stdint.h>

/// Makes a verifier of a passphrase, with a salt of 16 random bytes from the system.
///
/// - memory_kib, passes: the cost; one lane.
/// - out: receives text that ends in zero; `capacity` of 128 is enough.
/// Returns 0, or libargon2's error, or -1000 when the system gives no random bytes.
int cognate_argon2_make(
    const uint8_t *passphrase, size_t length, uint32_t memory_kib, uint32_t passes, char *out, size_t capacity);

/// Whether a passphrase is that of a verifier, compared in constant time: 1 yes, 0 no, below 0 libargon2's error.
int cognate_argon2_verify(const char *verifier, const uint8_t *passphrase, size_t length);

/// What an error means.
const char *cognate_argon2_message(int error);

#endif
