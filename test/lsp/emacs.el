;;; emacs.el --- Drives the server from Emacs with eglot as its user would, and prints what is seen; run by emacs.test.ts.  -*- lexical-binding: t -*-

(require 'package)
(package-initialize)
(require 'cl-lib)
(require 'eglot)
(require 'flymake)

(defun say (&rest words) (princ (concat (string-join words " ") "\n")))
(defun finish (message)
  (say "failed:" message)
  (kill-emacs 1))
(defun await (what condition)
  (let ((end (+ (float-time) 30)))
    (while (not (funcall condition))
      (when (> (float-time) end) (finish (concat "no " what)))
      (accept-process-output nil 0.05)
      ;; Idle timers, which tell of diagnostics and send changes, never run in batch mode.
      (pass-time)))
  (say "seen:" what))
(defun pass-time ()
  (dolist (timer (copy-sequence timer-idle-list))
    (unless (timer--repeat-delay timer) (timer-event-handler timer)))
  (flymake-start))

(define-derived-mode nix-mode prog-mode "Nix")
(add-to-list 'auto-mode-alist '("\\.nix\\'" . nix-mode))
(add-to-list 'eglot-server-programs
             `(nix-mode . (,(getenv "LINT_NODE") ,(getenv "LINT_PROGRAM") "lsp")))
(setq eglot-sync-connect 30
      eglot-send-changes-idle-time 0
      eglot-confirm-server-initiated-edits nil
      flymake-no-changes-timeout 0
      make-backup-files nil)

(find-file (getenv "LINT_FILE"))
(cl-letf (((symbol-function 'eglot--guess-contact-ask) #'ignore))
  (apply #'eglot (eglot--guess-contact)))

(defun texts () (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))
(defun has (words) (cl-some (lambda (text) (string-match-p (regexp-quote words) text)) (texts)))
(defun replace (from to)
  (goto-char (point-min))
  (unless (search-forward from nil t) (finish (concat "there is no " from)))
  (replace-match to t t))
(defun pick (title)
  "Choose from the menu of code actions at point what begins with TITLE."
  (let ((last-nonmenu-event ?x) (offered nil))
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt items &rest _)
                 (setq offered (mapcar #'car items))
                 (or (cl-find-if (lambda (item) (string-prefix-p title item)) offered)
                     (finish (concat "not offered: " title "; but: " (string-join offered " | ")))))))
      (eglot-code-actions (point) nil nil t))))

(await "the module's own finding" (lambda () (has "networking.firewall.enable")))
(when (has "boot.growPartition") (finish "a finding that should not be there"))
(replace "growPartition = true" "growPartition = false")
(await "a violation that was typed" (lambda () (has "boot.growPartition")))
(replace "growPartition = false" "growPartition = true")
(await "it gone again" (lambda () (not (has "boot.growPartition"))))

(goto-char (point-min))
(search-forward "firewall.enable = ")
(pick "Write `true`")
(await "the quick fix" (lambda () (and (not (has "networking.firewall.enable"))
                                       (string-match-p "firewall.enable = true;" (buffer-string)))))
(let ((hover nil))
  (goto-char (point-min))
  (search-forward "networking.hos")
  (let ((contents (plist-get (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams)) :contents)))
    (setq hover (substring-no-properties (eglot--format-markup contents))))
  (await "what NixOS takes for the host name" (lambda () (string-match-p "networking.hostName.*= .*\"wiki\".*(mkDefault, 1000)" hover))))
(eglot-shutdown (eglot-current-server))
(say "seen: the end")
(kill-emacs 0)
;;; emacs.el ends here
