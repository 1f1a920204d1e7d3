/* Parses files with the C library and does nothing else: what the linter's time is held against.
 *
 *     parse THREADS < LIST-OF-FILES
 *
 * Prints the milliseconds from the first parse to the last, the files being in memory. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_nix(void);

static char **texts;
static long *sizes;
static int count, next;

static void *work(void *unused) {
  TSParser *parser = ts_parser_new();
  if (!ts_parser_set_language(parser, tree_sitter_nix())) exit(3);
  for (;;) {
    int index = __atomic_fetch_add(&next, 1, __ATOMIC_RELAXED);
    if (index >= count) break;
    ts_tree_delete(ts_parser_parse_string(parser, NULL, texts[index], sizes[index]));
  }
  ts_parser_delete(parser);
  return unused;
}

int main(int argc, char **argv) {
  char path[8192];
  int room = 0;
  while (fgets(path, sizeof path, stdin)) {
    path[strcspn(path, "\n")] = 0;
    FILE *file = fopen(path, "rb");
    if (!file) return 2;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    if (count == room) {
      room = room ? room * 2 : 1024;
      texts = realloc(texts, room * sizeof *texts);
      sizes = realloc(sizes, room * sizeof *sizes);
    }
    texts[count] = malloc(size + 1);
    sizes[count] = (long)fread(texts[count], 1, size, file);
    fclose(file);
    count++;
  }
  int threads = argc > 1 ? atoi(argv[1]) : 1;
  pthread_t *all = calloc(threads, sizeof *all);
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (int index = 1; index < threads; index++) pthread_create(&all[index], NULL, work, NULL);
  work(NULL);
  for (int index = 1; index < threads; index++) pthread_join(all[index], NULL);
  clock_gettime(CLOCK_MONOTONIC, &end);
  printf("%.1f\n", (end.tv_sec - start.tv_sec) * 1e3 + (end.tv_nsec - start.tv_nsec) / 1e6);
  return 0;
}
