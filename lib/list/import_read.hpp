#pragma once
// The reading half of an import: files to sorted lines, and what is wrong with the others.

#include "list/import.hpp"
#include "list/import_sort.hpp"

namespace mailtrust::list {

/// Reads all files. What is wrong with a line or a file goes into the outcome; an Error is ours.
Expected<void> read_files(const ImportOptions& options, const ImportEvents& events,
                          ImportSorter& sorter, ImportOutcome& outcome);

}  // namespace mailtrust::list
