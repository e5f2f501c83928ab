#include "CArgon2.h"

#include <argon2.h>
#include <errno.h>
#include <string.h>
#include <sys/random.h>

enum { salt_length = 16, hash_length = 32, lanes = 1, no_random = -1000 };

int cognate_argon2_make(
    const uint8_t *passphrase, size_t length, uint32_t memory_kib, uint32_t passes, char *out, size_t capacity) {
  uint8_t salt[salt_length];
  size_t got = 0;
  while (got < sizeof salt) {
    ssize_t count = getrandom(salt + got, sizeof salt - got, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return no_random;
    got += (size_t)count;
  }
  return argon2id_hash_encoded(
      passes, memory_kib, lanes, passphrase, length, salt, sizeof salt, hash_length, out, capacity);
}

int cognate_argon2_verify(const char *verifier, const uint8_t *passphrase, size_t length) {
  int status = argon2id_verify(verifier, passphrase, length);
  if (status == ARGON2_OK) return 1;
  return status == ARGON2_VERIFY_MISMATCH ? 0 : status;
}

const char *cognate_argon2_message(int error) {
  return error == no_random ? "the system gives no random bytes" : argon2_error_message(error);
}
