/* What the loop that signs and the loop that verifies share. */
#ifndef MAILTRUST_BENCH_OPENDKIM_H
#define MAILTRUST_BENCH_OPENDKIM_H

#include <opendkim/dkim.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* A file whole, ended by NUL; NULL when it cannot be read. The caller frees it. */
static char* read_file(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  char* text = malloc(*size + 1);
  if (text && fread(text, 1, *size, file) != *size) {
    free(text);
    text = NULL;
  }
  fclose(file);
  if (text) text[*size] = 0;
  return text;
}

/* Hands over header fields and body of a message in CRLF. */
static DKIM_STAT feed(DKIM* dkim, char* text, size_t size) {
  char* at = text;
  char* end = text + size;
  while (at < end && !(at[0] == '\r' && at[1] == '\n')) {
    char* stop = at;
    do {
      stop = memchr(stop, '\n', (size_t)(end - stop));
      stop = stop ? stop + 1 : end;
    } while (stop < end && (*stop == ' ' || *stop == '\t'));
    DKIM_STAT status = dkim_header(dkim, (u_char*)at, (size_t)(stop - at) - 2);
    if (status != DKIM_STAT_OK) return status;
    at = stop;
  }
  DKIM_STAT status = dkim_eoh(dkim);
  if (status != DKIM_STAT_OK) return status;
  at += at < end ? 2 : 0;
  return at < end ? dkim_body(dkim, (u_char*)at, (size_t)(end - at)) : DKIM_STAT_OK;
}

#endif
