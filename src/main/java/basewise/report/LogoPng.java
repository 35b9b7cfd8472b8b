package basewise.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * Draws a logo's layout into a PNG with Java2D. No window system and no font is touched: letters
 * and digits are {@link Glyph} shapes, so it also runs in a container without fonts.
 */
final class LogoPng {
  private static final Color INK = new Color(0x5b6470);
  private static final double DIGIT_HEIGHT = 9;
  private static final BasicStroke THIN =
      new BasicStroke(1.1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  static {
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
    ImageIO.setUseCache(false);
  }

  private LogoPng() {}

  static byte[] draw(LogoLayout layout, int scale) {
    if (scale < 1) {
      throw new IllegalArgumentException("a scale is at least 1: " + scale);
    }
    BufferedImage image =
        new BufferedImage(
            (int) Math.ceil(layout.width() * scale),
            (int) Math.ceil(layout.height() * scale),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      g.scale(scale, scale);
      axes(g, layout);
      for (LogoLayout.Letter letter : layout.letters()) {
        AffineTransform place = AffineTransform.getTranslateInstance(letter.x(), letter.y());
        place.scale(letter.width() / 100, letter.height() / 100);
        g.setColor(Color.decode(LogoSvg.COLOURS[letter.code()]));
        g.fill(place.createTransformedShape(Glyph.letterShape(letter.code())));
      }
    } finally {
      g.dispose();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this Java has no PNG writer");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void axes(Graphics2D g, LogoLayout layout) {
    g.setColor(INK);
    g.setStroke(new BasicStroke(1));
    double top = layout.ticks().getLast().y();
    g.draw(new Line2D.Double(layout.axis(), top, layout.axis(), layout.baseline()));
    g.draw(new Line2D.Double(layout.left(), layout.baseline(), layout.right(), layout.baseline()));
    for (LogoLayout.Label tick : layout.ticks()) {
      g.draw(new Line2D.Double(tick.x() - 4, tick.y(), tick.x(), tick.y()));
      double width = width(tick.number());
      number(g, tick.number(), tick.x() - 8 - width, tick.y() - DIGIT_HEIGHT / 2);
    }
    AffineTransform name =
        AffineTransform.getTranslateInstance(
            layout.axis() - LogoLayout.NAME - DIGIT_HEIGHT / 2, (top + layout.baseline()) / 2);
    name.rotate(-Math.PI / 2);
    name.scale(DIGIT_HEIGHT / 100, DIGIT_HEIGHT / 100);
    name.translate(-Glyph.BITS_WIDTH / 2, 0);
    g.setStroke(THIN);
    g.draw(name.createTransformedShape(Glyph.bitsShape()));
    for (LogoLayout.Label label : layout.numbers()) {
      number(g, label.number(), label.x() - width(label.number()) / 2, label.y() + 8);
    }
  }

  private static double width(int number) {
    return Integer.toString(number).length() * DIGIT_HEIGHT * 0.85 - DIGIT_HEIGHT * 0.25;
  }

  private static void number(Graphics2D g, int number, double x, double y) {
    g.setStroke(THIN);
    double at = x;
    for (char digit : Integer.toString(number).toCharArray()) {
      AffineTransform place = AffineTransform.getTranslateInstance(at, y);
      place.scale(DIGIT_HEIGHT / 100, DIGIT_HEIGHT / 100);
      g.draw(place.createTransformedShape(Glyph.digitShape(digit - '0')));
      at += DIGIT_HEIGHT * 0.85;
    }
  }
}
