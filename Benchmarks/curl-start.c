/* A peer of `version`: what it costs to start a program that is linked with libcurl. */
#include <curl/curl.h>
#include <stdio.h>

int main(void)
{
    printf("%s\n", curl_version());
    return 0;
}
