#pragma once

// What libcrypto does where there is no memory: it fails in places that look like a bad signature,
// and some of its own set-up then runs into null pointers.

namespace mailtrust {

/// Before the first call of the library; cheap when it is done. The library reads no configuration
/// file on our behalf, and where the system has no memory for it gets it from a reserve of ours.
void prepare_crypto();

/// After an operation of the library that did not succeed: throws std::bad_alloc when the reserve
/// had run out, so that the lack of memory is not taken for an answer. Its error queue is cleared.
void check_crypto_memory();

}  // namespace mailtrust
