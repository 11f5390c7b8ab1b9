/* The peer of `lint`: reads every file named on standard input, one a line, and walks the events
   of libyaml over it, doing nothing with them. Prints files, bytes and events. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static long events;

static int walk(const unsigned char *text, size_t size)
{
    yaml_parser_t parser;
    yaml_event_t event;
    int last = 0;
    if (!yaml_parser_initialize(&parser)) return 0;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, text, size);
    while (!last) {
        if (!yaml_parser_parse(&parser, &event)) break;
        last = event.type == YAML_STREAM_END_EVENT;
        events++;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return last;
}

static unsigned char *whole(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    unsigned char *text = NULL;
    long length;
    if (!file) return NULL;
    if (fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) >= 0) {
        rewind(file);
        text = malloc((size_t)length + 1);
        *size = text ? fread(text, 1, (size_t)length, file) : 0;
    }
    fclose(file);
    return text;
}

int main(void)
{
    char path[4096];
    long files = 0, bytes = 0;
    while (fgets(path, sizeof path, stdin)) {
        size_t size = 0;
        unsigned char *text;
        path[strcspn(path, "\n")] = '\0';
        text = whole(path, &size);
        if (!text || !walk(text, size)) {
            fprintf(stderr, "yaml-events: %s cannot be read\n", path);
            return 1;
        }
        free(text);
        files++;
        bytes += (long)size;
    }
    printf("%ld files, %ld bytes, %ld events\n", files, bytes, events);
    return 0;
}
