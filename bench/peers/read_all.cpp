// What reading costs at the least: every file of a list, or named, into one buffer.
//
//   g++ -O2 -o read_all read_all.cpp && ./read_all --list FILE | ./read_all FILE...
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr std::size_t kBuffer = 64U << 10;

bool read_all(const std::string& path, std::vector<char>& buffer) {
  int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  ssize_t got = 0;
  while ((got = read(file, buffer.data(), buffer.size())) > 0) continue;
  close(file);
  return got == 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<char> buffer(kBuffer);
  if (argc == 3 && std::strcmp(argv[1], "--list") == 0) {
    std::ifstream list(argv[2]);
    for (std::string path; std::getline(list, path);)
      if (!read_all(path, buffer)) return 1;
    return 0;
  }
  for (int i = 1; i < argc; ++i)
    if (!read_all(argv[i], buffer)) return 1;
  return 0;
}
