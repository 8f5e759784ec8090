/* Signs messages in place by libopendkim, so that what the others verify is not of our making.
 * Lines of FILE<TAB>DOMAIN<TAB>SELECTOR<TAB>KEY<TAB>CANONICALIZATION (simple, relaxed)
 * <TAB>ALGORITHM (rsa, ed25519); KEY is a PEM file. Messages are in CRLF. */
#include "opendkim.h"

static const char* signed_fields[] = {"From",
                                      "To",
                                      "Subject",
                                      "Date",
                                      "Message-ID",
                                      "MIME-Version",
                                      "Content-Type",
                                      "Content-Transfer-Encoding",
                                      "List-Unsubscribe",
                                      "List-Unsubscribe-Post",
                                      NULL};

static int sign(DKIM_LIB* lib, char* fields[6]) {
  size_t size = 0;
  size_t key_size = 0;
  char* text = read_file(fields[0], &size);
  char* key = read_file(fields[3], &key_size);
  if (!text || !key) return 1;
  bool simple = strcmp(fields[4], "simple") == 0;
  bool ed25519 = strcmp(fields[5], "ed25519") == 0;
  dkim_canon_t form = simple ? DKIM_CANON_SIMPLE : DKIM_CANON_RELAXED;
  DKIM_STAT status;
  DKIM* dkim = dkim_sign(lib, (u_char*)"sign", NULL, (dkim_sigkey_t)key, (u_char*)fields[2],
                         (u_char*)fields[1], form, form,
                         ed25519 ? DKIM_SIGN_ED25519SHA256 : DKIM_SIGN_RSASHA256, -1, &status);
  if (!dkim) return 1;
  u_char* value = NULL;
  size_t value_size = 0;
  if (feed(dkim, text, size) != DKIM_STAT_OK || dkim_eom(dkim, NULL) != DKIM_STAT_OK ||
      dkim_getsighdr_d(dkim, strlen("DKIM-Signature: "), &value, &value_size) != DKIM_STAT_OK)
    return 1;
  FILE* out = fopen(fields[0], "wb");
  if (!out) return 1;
  fputs("DKIM-Signature: ", out);
  /* The library folds with LF alone. */
  for (size_t i = 0; i < value_size; ++i) {
    if (value[i] == '\n' && (i == 0 || value[i - 1] != '\r')) fputc('\r', out);
    fputc(value[i], out);
  }
  fputs("\r\n", out);
  fwrite(text, 1, size, out);
  fclose(out);
  dkim_free(dkim);
  free(text);
  free(key);
  return 0;
}

int main(int argc, char** argv) {
  FILE* list = argc > 1 ? fopen(argv[1], "r") : stdin;
  DKIM_LIB* lib = dkim_init(NULL, NULL);
  char line[4096];
  if (!list || !lib) return 2;
  if (!dkim_libfeature(lib, DKIM_FEATURE_ED25519)) fprintf(stderr, "opendkim: no Ed25519\n");
  dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_SIGNHDRS, signed_fields, sizeof(char**));
  while (fgets(line, sizeof line, list)) {
    char* fields[6];
    for (int i = 0; i < 6; ++i) fields[i] = strtok(i ? NULL : line, "\t\n");
    if (!fields[5]) return 2;
    if (sign(lib, fields)) {
      fprintf(stderr, "opendkim: cannot sign %s\n", fields[0]);
      return 1;
    }
  }
  dkim_close(lib);
  return 0;
}
