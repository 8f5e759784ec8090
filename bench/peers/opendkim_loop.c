/* DKIM by libopendkim in a plain loop: a message a line of the list, one result a line. The keys
 * that DNS answered are kept by the library where it was built to do so. */
#include "opendkim.h"

static const char* verify(DKIM_LIB* lib, const char* path) {
  size_t size = 0;
  char* text = read_file(path, &size);
  if (!text) return "unreadable";
  DKIM_STAT status;
  DKIM* dkim = dkim_verify(lib, (u_char*)"verify", NULL, &status);
  status = feed(dkim, text, size);
  if (status == DKIM_STAT_OK) status = dkim_eom(dkim, NULL);
  dkim_free(dkim);
  free(text);
  if (status == DKIM_STAT_OK) return "pass";
  if (status == DKIM_STAT_NOSIG) return "none";
  return status == DKIM_STAT_KEYFAIL ? "temperror" : "fail";
}

int main(int argc, char** argv) {
  FILE* list = argc > 1 ? fopen(argv[1], "r") : stdin;
  DKIM_LIB* lib = dkim_init(NULL, NULL);
  if (!list || !lib) return 2;
  uint32_t flags = 0;
  dkim_options(lib, DKIM_OP_GETOPT, DKIM_OPTS_FLAGS, &flags, sizeof flags);
  flags |= DKIM_LIBFLAGS_CACHE;
  dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_FLAGS, &flags, sizeof flags);
  char line[4096];
  while (fgets(line, sizeof line, list)) {
    line[strcspn(line, "\n")] = 0;
    puts(verify(lib, line));
  }
  dkim_close(lib);
  return 0;
}
