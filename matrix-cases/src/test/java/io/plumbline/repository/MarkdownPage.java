package io.plumbline.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * What tests want to know of a page.
 *
 * @param fences code blocks, in their order
 * @param code code inside sentences
 * @param links where links and pictures lead, as written
 * @param anchors what a link into the page may name behind the #
 */
record MarkdownPage(
    Path file, List<Fence> fences, List<String> code, List<String> links, Set<String> anchors) {

  /**
   * A code block.
   *
   * @param language what stands behind the fence, e.g. {@code sh}; empty when nothing does
   * @param line where it begins, from 1
   */
  record Fence(String language, String text, int line) {}

  static MarkdownPage read(Path file) throws IOException {
    return of(file, Files.readString(file));
  }

  static MarkdownPage of(Path file, String markdown) {
    Reading reading = new Reading();
    Parser.builder()
        .extensions(List.of(TablesExtension.create()))
        .includeSourceSpans(IncludeSourceSpans.BLOCKS)
        .build()
        .parse(markdown)
        .accept(reading);
    return new MarkdownPage(file, reading.fences, reading.code, reading.links, reading.anchors);
  }

  private static final class Reading extends AbstractVisitor {
    private final List<Fence> fences = new ArrayList<>();
    private final List<String> code = new ArrayList<>();
    private final List<String> links = new ArrayList<>();
    private final Set<String> anchors = new LinkedHashSet<>();

    @Override
    public void visit(FencedCodeBlock block) {
      fences.add(new Fence(block.getInfo().strip(), block.getLiteral(), line(block)));
    }

    @Override
    public void visit(IndentedCodeBlock block) {
      fences.add(new Fence("", block.getLiteral(), line(block)));
    }

    private static int line(Node block) {
      return block.getSourceSpans().get(0).getLineIndex() + 1;
    }

    @Override
    public void visit(Code span) {
      code.add(span.getLiteral());
    }

    @Override
    public void visit(Link link) {
      links.add(link.getDestination());
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      links.add(image.getDestination());
      visitChildren(image);
    }

    /** As GitHub makes anchors: lower case, no punctuation, hyphens, a number when taken. */
    @Override
    public void visit(Heading heading) {
      String slug =
          textOf(heading)
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
              .replace(' ', '-');
      String anchor = slug;
      for (int i = 1; !anchors.add(anchor); i++) {
        anchor = slug + "-" + i;
      }
      visitChildren(heading);
    }

    private static String textOf(Node heading) {
      StringBuilder text = new StringBuilder();
      heading.accept(
          new AbstractVisitor() {
            @Override
            public void visit(Text node) {
              text.append(node.getLiteral());
            }

            @Override
            public void visit(Code node) {
              text.append(node.getLiteral());
            }
          });
      return text.toString();
    }
  }
}
