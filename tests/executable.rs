//! Checks how the program is linked, from the header of its file (elf(5)).

use std::fs;

const ET_DYN: u64 = 3;
const PT_LOAD: u64 = 1;
const PT_DYNAMIC: u64 = 2;
const PT_GNU_STACK: u64 = 0x6474_e551;
const PT_GNU_RELRO: u64 = 0x6474_e552;
const PF_X: u64 = 1;
const PF_W: u64 = 2;
const DT_TEXTREL: u64 = 22;
const DT_FLAGS: u64 = 30;
const DT_FLAGS_1: u64 = 0x6fff_fffb;
const DF_BIND_NOW: u64 = 8;
const DF_1_NOW: u64 = 1;
const DF_1_PIE: u64 = 0x0800_0000;

/// Reads a little-endian number.
fn number(file: &[u8], at: usize, size: usize) -> u64 {
    file[at..at + size].iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn offset(file: &[u8], at: usize) -> usize {
    usize::try_from(number(file, at, 8)).expect("a file fits the memory")
}

#[test]
fn the_program_is_position_independent_with_protected_tables_and_stack() {
    let file = fs::read(env!("CARGO_BIN_EXE_orgshake")).expect("the program");
    assert_eq!(&file[..6], b"\x7fELF\x02\x01", "64 bits, the lowest byte first");
    assert_eq!(number(&file, 16, 2), ET_DYN, "it is not position-independent");
    let size = usize::try_from(number(&file, 54, 2)).expect("a small number");
    let count = usize::try_from(number(&file, 56, 2)).expect("a small number");
    let start = offset(&file, 32);
    let segments: Vec<_> =
        (0..count).map(|n| start + n * size).map(|at| (number(&file, at, 4), number(&file, at + 4, 4), at)).collect();
    let only = |wanted: u64| {
        let found: Vec<_> = segments.iter().filter(|(kind, ..)| *kind == wanted).collect();
        assert_eq!(found.len(), 1, "segments of type {wanted:#x}");
        *found[0]
    };

    assert_eq!(only(PT_GNU_STACK).1 & PF_X, 0, "the stack is executable");
    let writable_code = segments.iter().filter(|(kind, flags, _)| *kind == PT_LOAD && flags & (PF_W | PF_X) == 3);
    assert_eq!(writable_code.count(), 0, "a segment is writable and executable");

    // RELRO is full if every address is bound before the table is made read-only.
    only(PT_GNU_RELRO);
    let dynamic = only(PT_DYNAMIC).2;
    let (from, length) = (offset(&file, dynamic + 8), offset(&file, dynamic + 32));
    let entries: Vec<_> =
        (from..from + length).step_by(16).map(|at| (number(&file, at, 8), number(&file, at + 8, 8))).collect();
    let flags = |wanted: u64| entries.iter().find(|(tag, _)| *tag == wanted).map_or(0, |(_, value)| *value);
    assert_ne!(flags(DT_FLAGS) & DF_BIND_NOW, 0, "addresses are bound late");
    assert_eq!(flags(DT_FLAGS_1) & (DF_1_NOW | DF_1_PIE), DF_1_NOW | DF_1_PIE, "{:#x}", flags(DT_FLAGS_1));
    assert!(entries.iter().all(|(tag, _)| *tag != DT_TEXTREL), "code is written to at the start");
}
