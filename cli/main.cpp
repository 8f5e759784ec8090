// The process: nothing but the table of contents handed to the frame.
#include "cli/program.hpp"
#include "commands/commands.hpp"

int main(int argc, char** argv) {
  return mailtrust::cli::run(argc, argv, mailtrust::commands::all());
}
