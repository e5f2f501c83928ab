// libFuzzer's entry points. The fuzzer's runtime holds `main` and calls these; Swift does the work.
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

void cog_fuzz_start(void);
void cog_fuzz_one(const uint8_t *bytes, size_t count);

int LLVMFuzzerInitialize(int *argument_count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerInitialize(int *argument_count, char ***arguments) {
  (void)argument_count;
  (void)arguments;
  cog_fuzz_start();
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  cog_fuzz_one(bytes, count);
  return 0;
}
