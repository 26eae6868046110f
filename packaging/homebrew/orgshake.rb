# A template: `packaging/fill.py formula` replaces the names between at signs. Every release contains the result.
class Orgshake < Formula
  desc "AWS Organizations handshakes from the command line"
  homepage "@REPOSITORY@"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "@REPOSITORY@/releases/download/v@VERSION@/orgshake-@VERSION@-aarch64-apple-darwin.tar.gz"
      sha256 "@SHA256 aarch64-apple-darwin@"
    end
    on_intel do
      url "@REPOSITORY@/releases/download/v@VERSION@/orgshake-@VERSION@-x86_64-apple-darwin.tar.gz"
      sha256 "@SHA256 x86_64-apple-darwin@"
    end
  end

  on_linux do
    on_arm do
      url "@REPOSITORY@/releases/download/v@VERSION@/orgshake-@VERSION@-aarch64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256 aarch64-unknown-linux-musl@"
    end
    on_intel do
      url "@REPOSITORY@/releases/download/v@VERSION@/orgshake-@VERSION@-x86_64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256 x86_64-unknown-linux-musl@"
    end
  end

  def install
    bin.install "orgshake"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/dynamic/orgshake.bash" => "orgshake"
    zsh_completion.install "completions/dynamic/_orgshake"
    fish_completion.install "completions/dynamic/orgshake.fish"
    doc.install Dir["docs/*"], "THIRD-PARTY-NOTICES.txt"
  end

  test do
    assert_match "orgshake #{version}", shell_output("#{bin}/orgshake --version")
    accept = "#{bin}/orgshake --sandbox accept-handshake --handshake-id h-examplehandshakeid111"
    assert_match '"State": "ACCEPTED"', shell_output(accept)
  end
end
